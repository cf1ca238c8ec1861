import type { Metric, MetricSample } from './exposition.ts';

/** Upper bounds in seconds: from a response out of memory to a kit that waited for its key. */
const BOUNDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

interface Times {
  readonly method: string;
  readonly route: string;
  readonly status: string;
  readonly within: number[];
  count: number;
  seconds: number;
}

/** `2xx` for 204. */
const classOf = (status: number): string => `${Math.floor(status / 100)}xx`;

/** Counts responses by status, and measures their times. */
export class ResponseTimes {
  readonly #times = new Map<string, Times>();

  /** @param route as registered, such as `/api/v1/users/:id`; never what a stranger wrote */
  add(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${classOf(status)}`;
    const times = this.#times.get(key) ?? this.#begin(key, method, route, classOf(status));
    times.count += 1;
    times.seconds += seconds;
    BOUNDS.forEach((bound, index) => {
      if (seconds <= bound) {
        times.within[index] = (times.within[index] ?? 0) + 1;
      }
    });
  }

  metric(): Metric {
    return {
      name: 'nvflare_dashboard_request_duration_seconds',
      type: 'histogram',
      help: 'Time from a request to the end of its response.',
      samples: [...this.#times.values()].flatMap((times) => this.#samples(times)),
    };
  }

  #samples({ method, route, status, within, count, seconds }: Times): readonly MetricSample[] {
    const labels = { method, route, status };
    const bucket = (le: string, value: number) => ({ suffix: '_bucket', labels: { ...labels, le }, value });
    return [
      ...BOUNDS.map((bound, index) => bucket(String(bound), within[index] ?? 0)),
      bucket('+Inf', count),
      { suffix: '_sum', labels, value: seconds },
      { suffix: '_count', labels, value: count },
    ];
  }

  #begin(key: string, method: string, route: string, status: string): Times {
    const times: Times = { method, route, status, within: BOUNDS.map(() => 0), count: 0, seconds: 0 };
    this.#times.set(key, times);
    return times;
  }
}
