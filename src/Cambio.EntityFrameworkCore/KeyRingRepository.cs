using System.Xml.Linq;
using Cambio.EntityFrameworkCore.Tables;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace Cambio.EntityFrameworkCore;

/// <summary>The Data Protection key ring in the store, so that every instance has the same one and a backup holds it.</summary>
internal sealed class KeyRingRepository(ContextSource contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using ContextLease lease = contexts.Open();
        return [.. lease.Context.Set<DataProtectionKeyRow>().AsNoTracking().Select(static row => row.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        using ContextLease lease = contexts.Open();
        lease.Context.Add(new DataProtectionKeyRow { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        lease.Context.SaveChanges();
    }
}
