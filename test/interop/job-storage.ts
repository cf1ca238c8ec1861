import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Resources = z.looseObject({
  snapshot_persistor: z.looseObject({
    args: z.looseObject({ storage: z.looseObject({ args: z.looseObject({ root_dir: z.string() }) }) }),
  }),
  components: z.array(z.looseObject({ id: z.string(), args: z.record(z.string(), z.unknown()).optional() })),
});

/**
 * A server's job storage in a folder, by default its own kit: as kits come, all servers of a machine share one in
 * /tmp.
 */
export const keepStorageApart = (kit: string, storage = kit): void => {
  const resources = Resources.parse(
    JSON.parse(readFileSync(join(kit, 'local/resources.json.default'), 'utf8')),
  );
  resources.snapshot_persistor.args.storage.args.root_dir = join(storage, 'snapshots');
  const components = resources.components.map((component) =>
    component.id === 'job_manager'
      ? { ...component, args: { ...component.args, uri_root: join(storage, 'jobs') } }
      : component,
  );
  writeFileSync(join(kit, 'local/resources.json'), JSON.stringify({ ...resources, components }));
};
