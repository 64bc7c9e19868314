import type { IpcHandlers } from '../ipc/inlet.ts'
import type { PhoneHook } from './hook.ts'
import type { PhoneHookAnswers } from './ipc.ts'

export function createPhoneHookHandlers(hook: PhoneHook): Pick<IpcHandlers, keyof PhoneHookAnswers> {
  return {
    'phone-hook.get': hook.view,
    'phone-hook.set': (changes) => hook.set(changes),
    'phone-hook.renew': hook.renew,
  }
}
