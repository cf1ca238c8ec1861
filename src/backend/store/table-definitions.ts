/** Table → column → its definition in the engine's SQL. */
export type TableDefinitions = Readonly<Record<string, Readonly<Record<string, string>>>>;
