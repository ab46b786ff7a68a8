using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Cambio.Tests.House;

/// <summary>Collects every type that a type mentions: bases, members, signatures, generic arguments, attributes, method bodies, nested types.</summary>
internal sealed class TypeReferences
{
    private readonly HashSet<TypeReference> found = new(FullNameComparer.Instance);

    private TypeReferences()
    {
    }

    public static IReadOnlyCollection<TypeReference> Of(TypeDefinition type)
    {
        var references = new TypeReferences();
        references.Visit(type);
        return references.found;
    }

    private void Visit(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAll(type.Interfaces.Select(i => i.InterfaceType));
        AddAll(type.Fields.Select(f => f.FieldType));
        AddAll(type.Properties.Select(p => p.PropertyType));
        AddAll(type.Events.Select(e => e.EventType));
        VisitGenerics(type);
        VisitAttributes([type, .. type.Interfaces, .. type.Fields, .. type.Properties, .. type.Events]);
        foreach (MethodDefinition method in type.Methods)
        {
            Visit(method);
        }

        foreach (TypeDefinition nested in type.NestedTypes)
        {
            Visit(nested);
        }
    }

    private void Visit(MethodDefinition method)
    {
        AddSignature(method);
        VisitGenerics(method);
        VisitAttributes([method, method.MethodReturnType, .. method.Parameters]);
        foreach (MethodReference implemented in method.Overrides)
        {
            AddMember(implemented);
        }

        if (!method.HasBody)
        {
            return;
        }

        AddAll(method.Body.Variables.Select(v => v.VariableType));
        AddAll(method.Body.ExceptionHandlers.Select(h => h.CatchType));
        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type: Add(type); break;
                case MemberReference member: AddMember(member); break;
            }
        }
    }

    private void AddMember(MemberReference member)
    {
        Add(member.DeclaringType);
        switch (member)
        {
            case FieldReference field: Add(field.FieldType); break;
            case MethodReference method: AddSignature(method); break;
        }

        if (member is GenericInstanceMethod generic)
        {
            AddAll(generic.GenericArguments);
        }
    }

    private void AddSignature(MethodReference method)
    {
        Add(method.ReturnType);
        AddAll(method.Parameters.Select(p => p.ParameterType));
    }

    private void VisitGenerics(IGenericParameterProvider owner)
    {
        foreach (GenericParameter parameter in owner.GenericParameters)
        {
            AddAll(parameter.Constraints.Select(c => c.ConstraintType));
            VisitAttributes([parameter]);
        }
    }

    private void VisitAttributes(IEnumerable<ICustomAttributeProvider> owners)
    {
        foreach (CustomAttribute attribute in owners.Where(o => o.HasCustomAttributes).SelectMany(o => o.CustomAttributes))
        {
            AddMember(attribute.Constructor);
            IEnumerable<CustomAttributeArgument> named = attribute.Properties.Concat(attribute.Fields).Select(n => n.Argument);
            foreach (CustomAttributeArgument argument in attribute.ConstructorArguments.Concat(named))
            {
                AddArgument(argument);
            }
        }
    }

    private void AddArgument(CustomAttributeArgument argument)
    {
        Add(argument.Type);
        switch (argument.Value)
        {
            case TypeReference type: Add(type); break;
            case CustomAttributeArgument boxed: AddArgument(boxed); break;
            case CustomAttributeArgument[] items: Array.ForEach(items, AddArgument); break;
        }
    }

    private void AddAll(IEnumerable<TypeReference?> types)
    {
        foreach (TypeReference? type in types)
        {
            Add(type);
        }
    }

    private void Add(TypeReference? type)
    {
        switch (type)
        {
            case null or GenericParameter:
                break;
            case GenericInstanceType generic:
                Add(generic.ElementType);
                AddAll(generic.GenericArguments);
                break;
            case IModifierType modified:
                Add(modified.ElementType);
                Add(modified.ModifierType);
                break;
            case FunctionPointerType function:
                Add(function.ReturnType);
                AddAll(function.Parameters.Select(p => p.ParameterType));
                break;
            case TypeSpecification wrapped:
                Add(wrapped.ElementType);
                break;
            default:
                found.Add(type);
                break;
        }
    }

    private sealed class FullNameComparer : IEqualityComparer<TypeReference>
    {
        public static FullNameComparer Instance { get; } = new();

        public bool Equals(TypeReference? x, TypeReference? y) => x?.FullName == y?.FullName;

        public int GetHashCode(TypeReference type) => type.FullName.GetHashCode(StringComparison.Ordinal);
    }
}
