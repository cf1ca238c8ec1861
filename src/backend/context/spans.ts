/** Values of a span: nothing of a person, no secret. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** Measures work as spans of a trace. */
export interface Spans {
  /**
   * Runs work as part of what is under way; what it throws marks the span as failed, by its code alone.
   *
   * @param work gets a function that adds attributes
   */
  readonly run: <T>(
    name: string,
    work: (add: (attributes: SpanAttributes) => void) => Promise<T>,
    attributes?: SpanAttributes,
  ) => Promise<T>;
  /** Lets work belong to the trace in which it was ordered, whoever's turn carries it out. */
  readonly bind: <Arguments extends readonly unknown[], Result>(
    work: (...given: Arguments) => Result,
  ) => (...given: Arguments) => Result;
}

/** Measures nothing. */
export const NO_SPANS: Spans = { run: (_name, work) => work(() => undefined), bind: (work) => work };
