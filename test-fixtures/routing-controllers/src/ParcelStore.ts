import { Service } from 'typedi'
import type { NewParcel } from './controllers/NewParcel'

@Service()
export class ParcelStore {
  private readonly parcels = new Map<string, NewParcel>([['1', { weight: 3 }]])

  all() {
    return [...this.parcels.values()]
  }

  find(id: string) {
    const parcel = this.parcels.get(id)
    if (parcel === undefined) throw new Error(`nothing on shelf ${id} of depot-db`)
    return parcel
  }

  add(parcel: NewParcel) {
    this.parcels.set(String(this.parcels.size + 1), parcel)
    return { weight: parcel.weight }
  }

  async remove(id: string) {
    this.parcels.delete(id)
  }
}
