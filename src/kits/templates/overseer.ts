/** startup/gunicorn.conf.py of the overseer; clients must show a certificate (docs/startup-kit-format.md#high-availability). */
export const gunicornConf = (port: number): string => `import os
import ssl

_here = os.path.dirname(os.path.abspath(__file__))

bind = "0.0.0.0:${port}"
workers = 1
worker_class = "nvflare.ha.overseer.worker.ClientAuthWorker"
wsgi_app = "nvflare.ha.overseer.overseer:app"
timeout = 30

cert_reqs = int(ssl.CERT_REQUIRED)
do_handshake_on_connect = True
keyfile = os.path.join(_here, "overseer.key")
certfile = os.path.join(_here, "overseer.crt")
ca_certs = os.path.join(_here, "rootCA.pem")
`;

/** startup/start.sh of the overseer: gunicorn in the foreground. */
export const OVERSEER_START_SH = `#!/usr/bin/env bash
# Runs the overseer in the foreground; Ctrl-C or a service manager's signal ends it.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
# A server that is silent for so many seconds is taken for dead.
export NVFL_OVERSEER_HEARTBEAT_TIMEOUT="\${NVFL_OVERSEER_HEARTBEAT_TIMEOUT:-10}"
cd "$here" || exit 1
exec python3 -m gunicorn -c gunicorn.conf.py
`;
