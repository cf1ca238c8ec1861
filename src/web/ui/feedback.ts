export { Alert, Loader, Stepper } from '@mantine/core';
