export { Badge, Code, Kbd, Text, Title, VisuallyHidden } from '@mantine/core';
