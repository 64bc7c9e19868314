import { inject, type ComputedRef, type InjectionKey } from 'vue'

/** What a field tells the control inside it, so that label, hint and error belong to it for everyone. */
export interface FormFieldContext {
  id: string
  label: string
  labelId: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

export const formFieldKey: InjectionKey<ComputedRef<FormFieldContext>> = Symbol('form field')

export function useFormField(): ComputedRef<FormFieldContext> | undefined {
  return inject(formFieldKey, undefined)
}
