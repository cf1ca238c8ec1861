import type { Capacity } from '../../contract/kit.ts';
import { isAtLeast } from '../../contract/releases.ts';
import { kitJson } from '../json.ts';
import type { ClientProps } from '../props/schemas.ts';
import type { KitSettings } from '../settings.ts';
import { classPolicy } from './class-policy.ts';

const logComponents = (settings: KitSettings, props: ClientProps): readonly object[] => {
  if (isAtLeast(settings.release, '2.8')) {
    return [
      {
        id: 'site_log_streamer',
        path: 'nvflare.app_common.logging.site_log_streamer.SiteLogStreamer',
        args: { log_file_name: 'error_log.txt' },
      },
    ];
  }
  const sends = props.allow_error_sending ?? settings.projectProps.allow_error_sending ?? false;
  if (!sends || !isAtLeast(settings.release, '2.6')) {
    return [];
  }
  return [{ id: 'error_log_sender', path: 'nvflare.app_common.logging.log_sender.ErrorLogSender', args: {} }];
};

/** local/resources.json.default of a client (docs/startup-kit-format.md#files-in-local). */
export const clientResources = (settings: KitSettings, capacity: Capacity, props: ClientProps): string => {
  const { release, projectProps } = settings;
  const plain = isAtLeast(release, '2.8');
  return kitJson({
    format_version: 2,
    ...classPolicy(settings),
    ...(plain
      ? { allow_log_streaming: props.allow_log_streaming ?? projectProps.allow_log_streaming ?? true }
      : {}),
    client: { retry_timeout: 30, compression: 'Gzip' },
    components: [
      {
        id: 'resource_manager',
        path: 'nvflare.app_common.resource_managers.gpu_resource_manager.GPUResourceManager',
        args: {
          num_of_gpus: props.capacity?.num_of_gpus ?? capacity.num_of_gpus,
          mem_per_gpu_in_GiB: props.capacity?.mem_per_gpu_in_GiB ?? capacity.mem_per_gpu_in_GiB,
          ...(plain ? { expiration_period: 300 } : {}),
        },
      },
      {
        id: 'resource_consumer',
        path: 'nvflare.app_common.resource_consumers.gpu_resource_consumer.GPUResourceConsumer',
        args: {},
      },
      ...(isAtLeast(release, '2.6')
        ? [
            {
              id: 'process_launcher',
              path: 'nvflare.app_common.job_launcher.client_process_launcher.ClientProcessJobLauncher',
              args: {},
            },
          ]
        : []),
      ...logComponents(settings, props),
    ],
  });
};
