/** Digits and letters that look like another letter in some fonts; pairs that look like one come first. */
const LOOKALIKES: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/0/g, 'o'],
  [/[1i]/g, 'l'],
  [/2/g, 'z'],
  [/5/g, 's'],
  [/8/g, 'b'],
];

/** Skeleton of a name: case, underscores and lookalikes are told apart no more. */
export const skeletonOf = (name: string): string =>
  LOOKALIKES.reduce(
    (text, [like, letter]) => text.replace(like, letter),
    name.toLowerCase().replaceAll('_', ''),
  );

/** Returns those of the names that a person could take for this one: they differ in case, underscores or lookalikes. */
export const similarNames = (name: string, names: readonly string[]): readonly string[] => {
  const skeleton = skeletonOf(name);
  return name === '' ? [] : names.filter((other) => other !== name && skeletonOf(other) === skeleton);
};
