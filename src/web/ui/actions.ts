export { ActionIcon, Button, CloseButton, Menu, Tooltip, UnstyledButton } from '@mantine/core';
