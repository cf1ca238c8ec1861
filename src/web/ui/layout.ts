export {
  AppShell,
  Box,
  Burger,
  Center,
  Divider,
  Group,
  Paper,
  ScrollArea,
  SimpleGrid,
  Stack,
} from '@mantine/core';
