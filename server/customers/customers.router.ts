import { once } from '../api/once.ts'
import { permitted, router } from '../api/trpc.ts'
import {
  byId,
  createCustomerInput,
  duplicatesInput,
  findCustomersInput,
  listCustomersInput,
  updateCustomerInput,
} from './contract.ts'

export const customersRouter = router({
  list: permitted('customers.read')
    .input(listCustomersInput)
    .query(({ ctx, input }) => ctx.services.customers.list(input)),
  find: permitted('customers.read')
    .input(findCustomersInput)
    .query(({ ctx, input }) => ctx.services.customers.find(input)),
  get: permitted('customers.read')
    .input(byId)
    .query(async ({ ctx, input }) => ({
      ...(await ctx.services.customers.get(input.id)),
      tickets: await ctx.services.tickets.list.ofRequester(ctx.viewer, input.id),
    })),
  duplicates: permitted('customers.read')
    .input(duplicatesInput)
    .query(({ ctx, input }) => ctx.services.customers.duplicates(input)),
  create: permitted('customers.write')
    .input(createCustomerInput)
    .mutation(once(({ ctx, input }) => ctx.services.customers.create(ctx.viewer, input))),
  update: permitted('customers.write')
    .input(updateCustomerInput)
    .mutation(once(({ ctx, input }) => ctx.services.customers.update(ctx.viewer, input))),
})
