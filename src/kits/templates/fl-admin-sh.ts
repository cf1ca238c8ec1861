/** startup/fl_admin.sh: the console. */
export const FL_ADMIN_SH = `#!/usr/bin/env bash
# Opens the console; options go on to it. It asks for your user name: the e-mail address this kit was made for.
set -u
here=$(cd "$(dirname "\${BASH_SOURCE[0]}")" && pwd -P) || exit 1
kit=$(dirname "$here")
mkdir -p "$kit/transfer" || exit 1
cd "$kit" || exit 1
exec python3 -m nvflare.fuel.hci.tools.admin -m "$kit" -s fed_admin.json "$@"
`;
