import type { ProjectRow } from '../store/schema.ts';

/** Returns what messages call the project. */
export const projectTitle = ({ title, short_name: name }: ProjectRow): string =>
  title || name || 'NVIDIA FLARE';
