/** See node.js. */
export function prepareNode(version: string): string;
