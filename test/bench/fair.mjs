// A ratio says something only where both sides did the same work, and all of it.

const refusalsOf = (figure) =>
  Object.values(figure.failures ?? {}).reduce((sum, count) => sum + count, figure.failed ?? 0);

/** Why two measured loads cannot be compared; undefined where they can. */
export const notComparable = (ours, original) => {
  for (const [name, figure] of [
    ['ours', ours],
    ["NVIDIA's", original],
  ]) {
    if (figure === undefined || figure.responses === 0) {
      return `${name}: no response`;
    }
    const refused = refusalsOf(figure);
    if (refused > 0) {
      return `${name}: ${refused} of ${refused + figure.responses} requests failed`;
    }
  }
  return undefined;
};

/** Number of times the first value is of the second, as text, or why that is not to be said. */
export const ratio = (ours, original, read) => {
  const why = notComparable(ours, original);
  if (why !== undefined) {
    return `no ratio (${why})`;
  }
  const value = read(ours) / read(original);
  return `${value.toFixed(value >= 10 ? 0 : 2)} ×`;
};
