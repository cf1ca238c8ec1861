/** Names of projects that `nvflare cert request` and `nvflare package` take, 2.8 and 2.9. */
const PROJECT_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export const fitsNvflareProject = (shortName: string): boolean => PROJECT_NAME.test(shortName);

/**
 * Names that are allowed, but stand in the way of keys which stay at their holders. They are fixed once the project is
 * frozen, so this is said when they are set.
 */
export const ownKeyNameWarnings = (
  shortName: string,
): readonly { readonly path: 'short_name'; readonly message: string }[] =>
  shortName === '' || fitsNvflareProject(shortName)
    ? []
    : [
        {
          path: 'short_name',
          message:
            'contains spaces, which nvflare cert request and nvflare package refuse: keys can stay at their holders with OpenSSL or enroll.py only',
        },
      ];
