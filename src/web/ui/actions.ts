export { ActionIcon, Button, CloseButton, UnstyledButton } from '@mantine/core';
