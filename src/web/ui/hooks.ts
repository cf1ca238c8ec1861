export { useDisclosure, useHotkeys } from '@mantine/hooks';
export { useMantineColorScheme as useColorScheme } from '@mantine/core';
