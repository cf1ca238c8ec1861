import { Notifications, notifications } from '@mantine/notifications';
import '@mantine/core/styles/Notification.css';
import '@mantine/notifications/styles.css';
import { LAYERS } from './layers.ts';

/** Where the messages of the page's corner are drawn. */
export const Toaster = () => <Notifications position="bottom-right" autoClose={8000} zIndex={LAYERS.toast} />;

/** Shows and takes back messages, whether or not they are drawn yet. */
export const toasts = notifications;
