/** See kubernetes.js. */
export function prepareKubernetes():
  | {
      readonly programs: Readonly<Record<'control-plane' | 'etcd' | 'kwok', string>>;
      readonly reason?: undefined;
    }
  | { readonly reason: string };
