import { z } from 'zod';
import { supportsHighAvailability } from '../../../contract/releases.ts';
import type { Project, ProjectChange, ReissueChange } from '../../api/views.ts';

const Port = z.union([z.number(), z.string()]);

/** The server's form. */
export const ServerValues = z.object({
  server1: z.string(),
  ha_mode: z.boolean(),
  server2: z.string(),
  overseer: z.string(),
  fl_port: Port,
  admin_port: Port,
});
export type ServerValues = z.infer<typeof ServerValues>;

const portOf = (project: Project, key: string): number | string => {
  const port = project.server_props?.[key];
  return typeof port === 'number' ? port : '';
};

export const serverValues = (project: Project): ServerValues => ({
  server1: project.server1,
  ha_mode: project.ha_mode,
  server2: project.server2,
  overseer: project.overseer,
  fl_port: portOf(project, 'fed_learn_port'),
  admin_port: portOf(project, 'admin_port'),
});

const withPorts = (values: ServerValues, project: Project): Readonly<Record<string, unknown>> | null => {
  const ports = { fed_learn_port: values.fl_port, admin_port: values.admin_port };
  const others = Object.entries(project.server_props ?? {}).filter(([key]) => !(key in ports));
  const set = Object.entries(ports).filter(([, port]) => port !== '');
  const props = Object.fromEntries([...others, ...set]);
  return Object.keys(props).length > 0 ? props : null;
};

/** Returns what is sent; properties that this form does not show are kept. */
export const serverBody = (values: ServerValues, project: Project): ProjectChange => ({
  server1: values.server1,
  server_props: withPorts(values, project),
  ...(supportsHighAvailability(project.target_release)
    ? { ha_mode: values.ha_mode, server2: values.server2, overseer: values.overseer }
    : {}),
});

/** Returns what a re-issue is asked for: server names and ports, with high availability where the release has it. */
export const reissueBody = (values: ServerValues, project: Project): ReissueChange => {
  const { server1, server2, overseer, ha_mode, server_props } = serverBody(values, project);
  return Object.fromEntries(
    Object.entries({ server1, server2, overseer, ha_mode, server_props }).filter(
      ([, value]) => value !== undefined,
    ),
  );
};
