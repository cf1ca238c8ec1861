import type { Host } from '../../deployment/host.ts';
import type { CommandContext } from '../../handler.ts';

/** Stays with the backend until it ends, and tells systemd that the service is ready. */
export const attend = async (host: Host, { runtime, output }: CommandContext): Promise<number> => {
  const { notifyReady } = await import('../../deployment/process/notify-ready.ts');
  await notifyReady(runtime);
  const exitCode = await host.attend?.((line) => {
    output.line(line);
  });
  return exitCode ?? 0;
};
