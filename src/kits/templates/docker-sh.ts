import { shellWord } from '../../contract/shell-word.ts';
import { type KeptProgram, programCommand } from './sub-start-sh.ts';

const HEAD = `#!/usr/bin/env bash
set -eu
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P)
kit=$(dirname "$here")
`;

const mode = `case \${1--r} in
  -d) detached=yes ;;
  -r) detached= ;;
  *)
    echo 'usage: docker.sh [-d | -r]    -d: runs the program in the background, -r: opens a shell' >&2
    exit 2
    ;;
esac
`;

const run = (program: KeptProgram): string => `if [ -n "$detached" ]; then
  exec docker run -d --rm "\${options[@]}" "$image" \\
    ${programCommand(program, '/workspace')}
fi
exec docker run -it --rm "\${options[@]}" "$image" /bin/bash
`;

/** startup/docker.sh of a server: the program, or a shell, in a container on the host's network. */
export const serverDockerSh = (image: string, program: KeptProgram): string => `${HEAD}
# The container is called $SVR_NAME, or flserver.
image=\${DOCKER_IMAGE:-${shellWord(image)}}
${mode}
options=(--name "\${SVR_NAME:-flserver}" --network host -v "$kit:/workspace" -w /workspace)
${run(program)}`;

/** startup/docker.sh of a client: its data folder read-only at /data, the GPUs of $GPU2USE. */
export const clientDockerSh = (image: string, name: string, program: KeptProgram): string => `${HEAD}
# MY_DATA_DIR: folder with the site's data, read-only at /data. GPU2USE: as docker's --gpus takes it, such as all.
image=\${DOCKER_IMAGE:-${shellWord(image)}}
${mode}
data=\${MY_DATA_DIR:-/home/flclient/data}
options=(--name ${shellWord(name)} --network host -v "$kit:/workspace" -w /workspace
  -u "$(id -u):$(id -g)" -v /etc/passwd:/etc/passwd:ro -v /etc/group:/etc/group:ro)
if [ -d "$data" ]; then options+=(-v "$data:/data:ro"); else echo "no folder $data: starting without data" >&2; fi
if [ -n "\${GPU2USE-}" ]; then options+=(--gpus "$GPU2USE" --ipc host); fi
${run(program)}`;

/** startup/docker.sh of a console: a shell from which fl_admin.sh can be started. */
export const adminDockerSh = (image: string): string => `${HEAD}
image=\${DOCKER_IMAGE:-${shellWord(image)}}
exec docker run -it --rm --name fladmin --network host -v "$kit:/workspace" -w /workspace \\
  "$image" /bin/bash
`;
