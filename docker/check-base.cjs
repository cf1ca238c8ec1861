// Runs while the image is built: refuses a base image that cannot run the backend, and keeps one database module.
'use strict';
const { readdirSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `The base image has Node ${process.versions.node}; the dashboard requires Node 22.13 or later.`,
  );
  process.exit(1);
}

const Database = require('better-sqlite3');
new Database(':memory:').close();
const loaded = Object.keys(require.cache).find((file) => file.endsWith('.node'));
const folder = dirname(loaded);
for (const name of readdirSync(folder)) {
  if (join(folder, name) !== loaded) {
    rmSync(join(folder, name));
  }
}
rmSync(__filename);
console.log(`better-sqlite3 loads in Node ${process.versions.node} on ${process.platform}-${process.arch}`);
