export { Badge, Code, Kbd, List, Text, Title, VisuallyHidden } from '@mantine/core';
