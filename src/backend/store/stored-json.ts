import { z } from 'zod';
import type { Capacity, Props } from '../../contract/kit.ts';

const PropsText = z.record(z.string(), z.unknown());
const CapacityText = z.object({
  num_of_gpus: z.coerce.number().int().min(0).catch(0),
  mem_per_gpu_in_GiB: z.coerce.number().int().min(0).catch(0),
});

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Longest JSON text of properties that a column takes. */
export const MAX_PROPS_TEXT = 2048;

/**
 * Stored properties; undefined when unset. What is no JSON object (old databases took any text) counts as unset.
 */
export const propsOf = (text: string): Props | undefined => {
  const result = PropsText.safeParse(text === '' ? undefined : parsed(text));
  return result.success ? result.data : undefined;
};

/** Text to store; empty for none. */
export const propsText = (props: Props | null | undefined): string =>
  props === null || props === undefined ? '' : JSON.stringify(props);

/** Text to store; zeros for what is not given. */
export const capacityText = (capacity: Partial<Capacity>): string =>
  JSON.stringify({ num_of_gpus: 0, mem_per_gpu_in_GiB: 0, ...capacity });

/** Stored capacity; zeros where it is missing or unreadable. */
export const capacityOf = (text: string): Capacity => {
  const result = CapacityText.safeParse(parsed(text));
  return result.success ? result.data : { num_of_gpus: 0, mem_per_gpu_in_GiB: 0 };
};
