// Writes dist/sbom.cdx.json: the packages whose code is in the bundles, and those that are installed beside them.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const BUNDLES = ['backend/entry', 'cli', 'web'];
/** The first line of each part of third-party-licenses.txt. */
const PACKAGE = /^((?:@[\w.-]+\/)?[\w.-]+) (\d+\.\d+\.\d+\S*) \(.*\)$/gm;

const bundled = new Set(
  BUNDLES.flatMap((bundle) => {
    const text = readFileSync(`${root}dist/${bundle}/third-party-licenses.txt`, 'utf8');
    return [...text.matchAll(PACKAGE)].map(([, name, version]) => `${name}@${version}`);
  }),
);

const npm = process.env.npm_execpath;
const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const [command, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
const { status, stdout, stderr } = spawnSync(command, [...before, ...args], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (status !== 0) {
  throw new Error(`npm sbom failed: ${stderr}`);
}
const bill = JSON.parse(stdout);
const isInstalled = ({ properties = [] }) =>
  !properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
const components = bill.components.filter(
  (component) => bundled.has(`${component.name}@${component.version}`) || isInstalled(component),
);
const known = new Set([bill.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])]);
const dependencies = bill.dependencies
  .filter(({ ref }) => known.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => known.has(one)) }));
// npm takes the name of the folder.
const component = { ...bill.metadata.component, name: 'nvflare-dashboard' };
const written = { ...bill, metadata: { ...bill.metadata, component }, components, dependencies };
const missing = [...bundled].filter(
  (one) => !components.some(({ name, version }) => `${name}@${version}` === one),
);
if (missing.length > 0) {
  throw new Error(`not in the bill of materials: ${missing.join(', ')}`);
}
writeFileSync(`${root}dist/sbom.cdx.json`, `${JSON.stringify(written, null, 2)}\n`);
