import { asProblem } from '../../api/problem.ts';

/**
 * The fields a server's refusal names, as a form takes them. A refusal for a taken name belongs to the field
 * that holds the name.
 */
export const fieldErrors = (error: unknown, nameField: string): Readonly<Record<string, string>> => {
  const problem = asProblem(error);
  if (problem.code === 'conflicting') return { [nameField]: problem.message };
  return Object.fromEntries(problem.detail.fields.map((field) => [field.path, field.message]));
};
