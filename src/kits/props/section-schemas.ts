import type { z } from 'zod';
import { AdminProps, ClientProps, ProjectProps, RelayProps, ServerProps } from './schemas.ts';

/** The owner of a set of properties: the project, its server, a site, a relay or a console user. */
export type PropsSection = 'project' | 'server' | 'client' | 'relay' | 'admin';

export const SECTION_SCHEMAS: Readonly<Record<PropsSection, z.ZodType>> = {
  project: ProjectProps,
  server: ServerProps,
  client: ClientProps,
  relay: RelayProps,
  admin: AdminProps,
};
