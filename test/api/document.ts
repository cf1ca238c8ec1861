import { z } from 'zod';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const Content = z.record(z.string(), z.object({ schema: z.custom<JsonSchema>() }));
const Operation = z.object({
  responses: z.record(z.string(), z.object({ content: Content })),
});
const Document = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
});

/** An answer as it came. */
interface ApiResponse {
  readonly method: string;
  /** With prefix and query. */
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly json: unknown;
}

/** The backend's own OpenAPI document, and the check of answers against it. */
export interface ApiDocument {
  /** `METHOD /path/{id}`, all there are. */
  readonly operations: readonly string[];
  /** @throws Error when the document does not tell of such an answer; addresses it does not list pass */
  readonly check: (response: ApiResponse) => void;
}

const patternOf = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);

/** @param text the document as JSON */
export const understand = (text: string): ApiDocument => {
  const { paths } = Document.parse(JSON.parse(text));
  const templates = Object.entries(paths).map(([template, methods]) => ({
    pattern: patternOf(template),
    methods,
  }));
  const byText = new Map<string, z.ZodType>();
  const compiled = new Map<JsonSchema, z.ZodType>();
  const compile = (schema: JsonSchema): z.ZodType => {
    const known = compiled.get(schema);
    if (known !== undefined) {
      return known;
    }
    const text = JSON.stringify(schema);
    const made = byText.get(text) ?? z.fromJSONSchema(schema);
    byText.set(text, made);
    compiled.set(schema, made);
    return made;
  };
  return {
    operations: Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    ),
    check: ({ method, path, status, type, json }) => {
      const [bare = ''] = path.split('?', 1);
      const operation = templates.find(({ pattern }) => pattern.test(bare))?.methods[method.toLowerCase()];
      if (operation === undefined) {
        return;
      }
      const what = `${method} ${path}: ${status} ${type}`;
      const response = operation.responses[String(status)];
      if (response === undefined) {
        throw new Error(`${what}: status is not in the document`);
      }
      const [bareType = ''] = type.split(';', 1);
      const content = response.content[bareType];
      if (content === undefined) {
        throw new Error(`${what}: content type is not in the document`);
      }
      if (bareType !== 'application/json') {
        return;
      }
      const checked = compile(content.schema).safeParse(json);
      if (!checked.success) {
        throw new Error(`${what}: ${z.prettifyError(checked.error)}`);
      }
    },
  };
};

let understood: Promise<ApiDocument> | undefined;

const read = async (url: string): Promise<ApiDocument> =>
  understand(await (await fetch(`${url}/openapi.json`)).text());

/** Reads the document of the backend at `url`; once a file, as all of its backends have the same. */
export const readApiDocument = (url: string): Promise<ApiDocument> => (understood ??= read(url));
