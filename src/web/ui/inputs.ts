export {
  Checkbox,
  NativeSelect,
  NumberInput,
  Radio,
  SegmentedControl,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
export { useForm, type UseFormReturnType as FormOf } from '@mantine/form';
