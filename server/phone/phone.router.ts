import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { newPhoneKeyInput, phoneKeyRef, phoneOptionsInput, setExtensionInput } from './contract.ts'

const manage = permitted('office.manage')

// What gives a secret is not wrapped in `once`, which would keep it in the store in clear: a retry makes another key.
export const phoneRouter = router({
  options: permitted('desk.read').query(({ ctx }) => ctx.services.phoneOptions.get()),
  setOptions: manage
    .input(phoneOptionsInput)
    .mutation(once(({ ctx, input }) => ctx.services.phoneOptions.set(ctx.viewer, input))),
  extensions: permitted('people.read').query(({ ctx }) => ctx.services.extensions.list()),
  setExtension: manage
    .input(setExtensionInput)
    .mutation(once(({ ctx, input }) => ctx.services.extensions.set(ctx.viewer, input))),
  keys: manage.query(({ ctx }) => ctx.services.phoneKeys.list()),
  createKey: manage
    .input(newPhoneKeyInput)
    .mutation(({ ctx, input }) => ctx.services.phoneKeys.create(ctx.viewer, input)),
  revokeKey: manage
    .input(phoneKeyRef)
    .mutation(once(({ ctx, input }) => ctx.services.phoneKeys.revoke(ctx.viewer, input))),
  hook: manage.query(({ ctx }) => ({ addresses: ctx.services.network.addresses() })),
  test: permitted('session.own').mutation(once(({ ctx }) => ctx.services.calls.test(ctx.viewer))),
})
