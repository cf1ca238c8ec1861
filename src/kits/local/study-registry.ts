import type { Studies } from '../../contract/studies.ts';
import { kitJson } from '../json.ts';

/** local/study_registry.json of a server: who takes part in which study (docs/startup-kit-format.md#files-in-local). */
export const studyRegistry = (studies: Studies): string => kitJson({ format_version: '1.0', studies });
