import { Field, ObjectType } from '@nestjs/graphql'

@ObjectType()
export class Author {
  @Field()
  name!: string
}

@ObjectType()
export class Note {
  @Field()
  text!: string

  @Field(() => Author)
  author?: Author
}
