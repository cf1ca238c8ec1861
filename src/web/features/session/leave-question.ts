import { sharedValue } from '../../ui/shared-value.ts';

/** Whether somebody who wants to log out is asked about unsaved text. */
export const leaveQuestion = sharedValue(false);
