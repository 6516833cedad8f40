package io.stampede.internal.access;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Executable;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.Locale;
import org.junit.platform.commons.support.ReflectionSupport;

/** Methods and constructors of users' classes, made callable although they are seldom public. */
public final class Members {

    private Members() {}

    /**
     * Lets this module call the member, and make a handle of it. In a named module its package must be open to this
     * module, or to JUnit alone as JUnit's guide says: JUnit then opens the member for us, once. Calling it costs the same
     * either way.
     *
     * @throws InaccessibleObjectException if its package is open to neither; the message says what to write where
     */
    public static void open(Executable member) {
        try {
            member.setAccessible(true);
        } catch (InaccessibleObjectException refused) {
            openThroughJUnit(member, refused);
        }
    }

    // setAccessible asks whether the class that calls it may, and that is JUnit's if JUnit is asked to call it.
    private static void openThroughJUnit(Executable member, InaccessibleObjectException refused) {
        try {
            ReflectionSupport.invokeMethod(setAccessible(member), member, true);
        } catch (InaccessibleObjectException e) {
            Class<?> type = member.getDeclaringClass();
            InaccessibleObjectException told = new InaccessibleObjectException(String.format(
                    Locale.ROOT,
                    "package %s is closed; write \"opens %s to org.junit.platform.commons;\" in the module-info of %s",
                    type.getPackageName(),
                    type.getPackageName(),
                    type.getModule().getName()));
            told.initCause(refused);
            throw told;
        }
    }

    // The one that Method or Constructor declares itself, which the JDK knows as sensitive to its caller.
    private static Method setAccessible(AccessibleObject member) {
        try {
            return member.getClass().getMethod("setAccessible", boolean.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
