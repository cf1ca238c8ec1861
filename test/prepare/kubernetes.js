// A Kubernetes control plane for the soak, built from its Go modules, outside the repository; the first time takes
// half an hour and 8 GB of Go's caches.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const KUBERNETES = '1.36.3';
const ETCD = '3.6.16';
const KWOK = '0.7.0';
const GO = process.env.TEST_GO ?? 'go';

/** One program with the three parts, since most of each is the same. */
const CONTROL_PLANE = `package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

func main() {
	parts := map[string]func() *cobra.Command{
		"kube-apiserver":          apiserver.NewAPIServerCommand,
		"kube-controller-manager": controllers.NewControllerManagerCommand,
		"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
	}
	if len(os.Args) < 2 || parts[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: control-plane kube-apiserver|kube-controller-manager|kube-scheduler FLAGS")
		os.Exit(2)
	}
	part := parts[os.Args[1]]
	os.Args = os.Args[1:]
	os.Exit(cli.Run(part()))
}
`;

const ETCD_MAIN = `package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() { etcdmain.Main(os.Args) }
`;

const run = (folder, ...args) => {
  const { status, stdout, stderr, error } = spawnSync('nice', ['-n', '10', GO, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' },
  });
  if (status !== 0) {
    throw new Error((error?.message ?? stderr).trim().split('\n').slice(-3).join('; '));
  }
  return stdout;
};

/** Kubernetes names its own parts v0.0.0 and finds them in its repository; here they come as modules of the release. */
const kubernetesModule = (folder) => {
  const { GoMod: file } = JSON.parse(
    run(folder, 'mod', 'download', '-json', `k8s.io/kubernetes@v${KUBERNETES}`),
  );
  const staged = [...readFileSync(file, 'utf8').matchAll(/^\s+(k8s\.io\/\S+) v0\.0\.0$/gm)].map(
    ([, name]) => name,
  );
  const release = `v0.${KUBERNETES.split('.').slice(1).join('.')}`;
  return [
    `require k8s.io/kubernetes v${KUBERNETES}`,
    ...staged.map((name) => `replace ${name} => ${name} ${release}`),
  ];
};

const BUILDS = {
  'control-plane': { requirements: kubernetesModule, main: CONTROL_PLANE, package: '.' },
  etcd: {
    requirements: () => [`require go.etcd.io/etcd/server/v3 v${ETCD}`],
    main: ETCD_MAIN,
    package: '.',
  },
  kwok: {
    requirements: () => [`require sigs.k8s.io/kwok v${KWOK}`],
    main: undefined,
    package: 'sigs.k8s.io/kwok/cmd/kwok',
  },
};

const build = (name, folder, program) => {
  const { requirements, main, package: packageName } = BUILDS[name];
  const source = join(folder, `${name}-source`);
  mkdirSync(source, { recursive: true });
  const head = `module example.org/${name}\n\ngo 1.26.0\n`;
  const file = join(source, 'go.mod');
  writeFileSync(file, head);
  writeFileSync(file, `${head}\n${requirements(source).join('\n')}\n`);
  if (main !== undefined) {
    writeFileSync(join(source, 'main.go'), main);
  }
  run(source, 'build', '-trimpath', '-ldflags=-s -w', '-o', program, packageName);
};

/** @returns `{ programs }`, their paths by name, or `{ reason }` */
export const prepareKubernetes = () => {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(cache, 'nvflare-dashboard-tests', `kubernetes-${KUBERNETES}`);
  const programs = {};
  try {
    for (const name of Object.keys(BUILDS)) {
      const program = join(folder, name);
      if (!existsSync(program)) {
        build(name, folder, program);
      }
      programs[name] = program;
    }
  } catch (error) {
    return { reason: `Kubernetes: ${error.message}` };
  }
  return { programs };
};
