import { kitJson } from '../json.ts';

/** local/resources.json.default of a console, 2.7 and later; times in seconds (docs/startup-kit-format.md#files-in-local). */
export const ADMIN_RESOURCES = kitJson({
  format_version: 1,
  admin: {
    idle_timeout: 900.0,
    login_timeout: 10.0,
    with_debug: false,
    authenticate_msg_timeout: 2.0,
    prompt: '> ',
  },
});
