import { useTranslation } from 'react-i18next';
import { isPreview, TARGET_RELEASES } from '../../../contract/releases.ts';

/** Returns the releases to choose from; one that is not out yet says so. */
export const useReleaseChoices = (): { readonly value: string; readonly label: string }[] => {
  const { t } = useTranslation();
  return TARGET_RELEASES.map((release) => ({
    value: release,
    label: isPreview(release) ? t('project.releasePreview', { release }) : release,
  }));
};
