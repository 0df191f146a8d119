import { DeleteDomainCommand, type DomainStatus, OpenSearchClient } from "@aws-sdk/client-opensearch";
import type { Removal } from "../contract.ts";

export const removal: Removal = {
  inspect({ state, configuration }) {
    const { Deleted, Endpoint, Endpoints } = configuration as DomainStatus;
    const words = Deleted ? "being deleted" : (state ?? "in an unknown state").toLowerCase();
    // AWS tells no creation date, and a domain made anew under the name has all but its endpoint's random part in common.
    const identity = { endpoint: Endpoint ?? Endpoints?.vpc ?? null };
    return { words, identity, ...(Deleted ? { leaving: true } : {}) };
  },

  async remove(scope, { id, configuration }) {
    if ((configuration as DomainStatus).Deleted) return;
    await scope.writer(OpenSearchClient).send(new DeleteDomainCommand({ DomainName: id }));
  },
};
