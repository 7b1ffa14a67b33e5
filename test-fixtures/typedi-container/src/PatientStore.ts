import { Service } from 'typedi'

class QueryError extends Error {
  readonly query = 'SELECT * FROM patients WHERE id = $1'
}

@Service({ global: true })
export class PatientStore {
  private readonly patients = new Map([['1', { id: '1', name: 'R. Daneel' }]])

  all() {
    return [...this.patients.values()]
  }

  byId(id: string) {
    const patient = this.patients.get(id)
    if (!patient) throw new QueryError(`no patient ${id}`)
    return patient
  }
}
