import type { Project, ProjectChange } from '../../api/views.ts';
import { useRefusedFields } from '../../ui/forms/server-errors.ts';
import { changedSettings } from '../project/project-values.ts';
import { useChangeProject } from '../project/use-change-project.ts';

interface Form {
  readonly setErrors: (errors: Readonly<Record<string, string>>) => void;
}

/** Saves what a step changes, and leads on once it is saved. */
export const useSaveStep = (project: Project, form: Form, onDone: () => void) => {
  const refusedFields = useRefusedFields();
  const change = useChangeProject();
  const save = (body: ProjectChange) => {
    const changed = changedSettings(body, project);
    if (Object.keys(changed).length === 0) {
      onDone();
      return;
    }
    change.mutate(changed, {
      onSuccess: onDone,
      onError: (error) => {
        form.setErrors(refusedFields(error));
      },
    });
  };
  return { save, saving: change.isPending, error: change.error };
};
