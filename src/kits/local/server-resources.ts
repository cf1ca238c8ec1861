import { isAtLeast } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';
import type { KitSettings } from '../settings.ts';
import { classPolicy } from './class-policy.ts';

const STORAGE = 'nvflare.app_common.storages.filesystem_storage.FilesystemStorage';

const logReceiver = (settings: KitSettings): readonly object[] => {
  if (!isAtLeast(settings.release, '2.6')) {
    return [];
  }
  const path = isAtLeast(settings.release, '2.8')
    ? 'nvflare.app_common.logging.job_log_receiver.JobLogReceiver'
    : 'nvflare.app_common.logging.log_receiver.LogReceiver';
  return [{ id: 'log_receiver', path, args: {} }];
};

/** local/resources.json.default of a server (docs/startup-kit-format.md#files-in-local). */
export const serverResources = (settings: KitSettings): string => {
  const modern = isAtLeast(settings.release, '2.6');
  return kitJson({
    format_version: 2,
    ...classPolicy(settings),
    servers: [
      {
        admin_storage: 'transfer',
        max_num_clients: 100,
        heart_beat_timeout: 600,
        download_job_url: 'http://download.server.com/',
        ...(modern ? { admin_timeout: 10.0 } : { num_server_workers: 4, compression: 'Gzip' }),
      },
    ],
    snapshot_persistor: {
      path: 'nvflare.app_common.state_persistors.storage_state_persistor.StorageStatePersistor',
      args: {
        uri_root: '/',
        storage: { path: STORAGE, args: { root_dir: '/tmp/nvflare/snapshot-storage', uri_root: '/' } },
      },
    },
    components: [
      {
        id: 'job_scheduler',
        path: 'nvflare.app_common.job_schedulers.job_scheduler.DefaultJobScheduler',
        args: { max_jobs: 4 },
      },
      {
        id: 'job_manager',
        path: 'nvflare.apis.impl.job_def_manager.SimpleJobDefManager',
        args: { uri_root: '/tmp/nvflare/jobs-storage', job_store_id: 'job_store' },
      },
      { id: 'job_store', path: STORAGE },
      ...(modern
        ? [
            {
              id: 'process_launcher',
              path: 'nvflare.app_common.job_launcher.server_process_launcher.ServerProcessJobLauncher',
              args: {},
            },
          ]
        : []),
      ...logReceiver(settings),
    ],
  });
};
