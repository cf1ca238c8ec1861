export { useDisclosure, useHotkeys, useMediaQuery } from '@mantine/hooks';
export { useMantineColorScheme as useColorScheme } from '@mantine/core';
