import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import { byId, createOrganizationInput, listOrganizationsInput, updateOrganizationInput } from './contract.ts'

export const organizationsRouter = router({
  list: permitted('customers.read')
    .input(listOrganizationsInput)
    .query(({ ctx, input }) => ctx.services.organizations.list(input)),
  get: permitted('customers.read')
    .input(byId)
    .query(({ ctx, input }) => ctx.services.organizations.get(input.id)),
  create: permitted('customers.write')
    .input(createOrganizationInput)
    .mutation(once(({ ctx, input }) => ctx.services.organizations.create(ctx.viewer, input))),
  update: permitted('customers.write')
    .input(updateOrganizationInput)
    .mutation(once(({ ctx, input }) => ctx.services.organizations.update(ctx.viewer, input))),
  remove: permitted('customers.write')
    .input(byId)
    .mutation(once(({ ctx, input }) => ctx.services.organizations.remove(ctx.viewer, input.id))),
})
