import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem.ts';

const MINUTE = 60;

/** Says in the page's language what went wrong, with the server's own words where it gave some. */
export const useProblemText = (): ((error: unknown) => string) => {
  const { t } = useTranslation();
  const waiting = (seconds: number) =>
    seconds < MINUTE
      ? t('errors.retryIn', { count: seconds })
      : t('errors.retryInMinutes', { count: Math.ceil(seconds / MINUTE) });
  return (error) => {
    const problem = asProblem(error);
    const sentence = t(`errors.codes.${problem.code}`);
    const wait = problem.detail.retryAfter;
    const words = [
      sentence,
      problem.message,
      ...problem.detail.fields.map((field) => `${field.path}: ${field.message}`),
    ];
    const texts = words.filter((text, at) => text !== '' && words.indexOf(text) === at);
    return [...texts, ...(wait > 0 ? [waiting(wait)] : [])].join(' ');
  };
};
