export { AppShell, Burger, Group, Paper, ScrollArea, SimpleGrid, Stack } from '@mantine/core';
