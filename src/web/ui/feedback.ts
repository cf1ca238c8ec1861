export { Alert, Loader } from '@mantine/core';
